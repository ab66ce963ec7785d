// A Node session inside a box: reads code from the supervisor, runs each piece in the same context, answers one byte when done.
"use strict";
const fs = require("fs");
const net = require("net");
const path = require("path");
const util = require("util");
const vm = require("vm");
const { createRequire } = require("module");

globalThis.require = createRequire(path.join(process.cwd(), "cell.js"));

async function run(code) {
  let value;
  try {
    value = vm.runInThisContext(code, { filename: "<cell>" });
  } catch (error) {
    if (!(error instanceof SyntaxError) || !/\bawait\b/.test(code)) throw error;
    value = vm.runInThisContext(`(async () => {\n${code}\n})()`, { filename: "<cell>" });
  }
  value = await value;
  if (value !== undefined) fs.writeSync(1, util.inspect(value) + "\n");
}

const line = new net.Socket({ fd: Number(process.argv[2]) });
let buffer = Buffer.alloc(0);
let queue = Promise.resolve();

function answer(code) {
  return run(code).then(
    () => line.write(Buffer.from([0])),
    (error) => {
      fs.writeSync(2, (error && error.stack ? error.stack : String(error)) + "\n");
      line.write(Buffer.from([1]));
    },
  );
}

line.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  while (buffer.length >= 4 && buffer.length >= 4 + buffer.readUInt32BE(0)) {
    const end = 4 + buffer.readUInt32BE(0);
    const code = buffer.subarray(4, end).toString("utf8");
    buffer = buffer.subarray(end);
    queue = queue.then(() => answer(code));
  }
});
line.on("end", () => process.exit(0));
