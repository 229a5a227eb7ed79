package io.dougong.manifest;
