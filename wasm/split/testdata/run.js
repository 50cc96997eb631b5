// Runs a divided program as Go's own runner does:
// node run.js WASM_EXEC_NODE DEFERRED WHEN PROGRAM, WHEN being "first", "needed" or "never".
// At the end it prints how often the deferred part was brought.
"use strict";
const { readFileSync } = require("node:fs");
const [node, , runner, deferred, when, program] = process.argv;
const gate = new WebAssembly.Module(new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x65, 1, 0x66, 0, 0, 7, 5, 1, 1, 0x66, 0, 0,
]));
let brought = 0;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const whole = await instantiate(...args);
  const { exports } = whole.instance;
  const { missing, table } = exports;
  const f = () => {
    if (when === "never") throw new Error("the deferred part was needed");
    brought++;
    new WebAssembly.Instance(new WebAssembly.Module(readFileSync(deferred)), { "": exports });
    missing.value = 0;
  };
  if (when === "first") f();
  else table.set(missing.value, new WebAssembly.Instance(gate, { e: { f } }).exports.f);
  return whole;
};
process.argv = [node, runner, program];
process.on("exit", () => console.log("brought", brought));
require(runner);
