// What the pages do beside links and forms: dropped files, progress, the place of a quote. All else works without.
"use strict";

const csrf = document.querySelector('meta[name="csrf"]')?.content;
const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);
