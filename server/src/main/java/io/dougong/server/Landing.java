package io.dougong.server;

/** The page at {@code /}: says what runs here, in English or Chinese. Shows nothing that needs a token. */
final class Landing {

    private static final String PAGE = """
            <!doctype html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Dougong 斗拱</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 17px/1.6 system-ui, sans-serif; max-width: 40rem; margin: 12vh auto 4rem; padding: 0 1.5rem; }
            h1 { font-weight: 600; letter-spacing: .02em; margin-bottom: 0; }
            h1 span { color: #b5442e; }
            nav { margin: 2rem 0; display: flex; gap: 1.5rem; flex-wrap: wrap; }
            a { color: #b5442e; text-underline-offset: .2em; }
            pre { background: color-mix(in srgb, currentColor 7%%, transparent); padding: 1rem; border-radius: 6px; overflow-x: auto; }
            footer { opacity: .65; font-size: .85em; margin-top: 3rem; }
            </style>
            </head>
            <body>
            <h1>Dougong <span lang="zh">斗拱</span></h1>
            <p>%s</p>
            <nav><a href="/api/v1/openapi.json">%s</a><a href="/health/ready">%s</a><a href="%s" hreflang="%s">%s</a></nav>
            <p>%s</p>
            <pre><code>dougong status
            dougong apply app.yaml
            dougong decide APP/DECISION --input question.json</code></pre>
            <footer>%s %s</footer>
            </body>
            </html>
            """;

    private Landing() {}

    static Reply page(boolean chinese, String version) {
        String html = chinese
                ? PAGE.formatted(
                        "zh-CN",
                        "这里运行着一个 Dougong 节点:事件进来,特征保持最新,模型做出决策;每个决策都有解释、有记录、可重放。",
                        "接口文档(OpenAPI)",
                        "是否就绪",
                        "/?lang=en",
                        "en",
                        "English",
                        "命令行:",
                        "版本",
                        version)
                : PAGE.formatted(
                        "en",
                        "A Dougong node runs here: events come in, features are kept current, a model decides; every decision is"
                                + " explained, recorded and can be replayed.",
                        "API (OpenAPI)",
                        "Is it ready?",
                        "/?lang=zh",
                        "zh",
                        "简体中文",
                        "From the command line:",
                        "Version",
                        version);
        return Reply.text("text/html; charset=utf-8", html)
                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'")
                .with("Referrer-Policy", "no-referrer");
    }
}
