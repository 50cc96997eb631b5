// What Go's wasm_exec.js and our programs have in the global scope; for tsc alone.

declare class Go {
  argv: string[];
  env: Record<string, string>;
  importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
  /** Timers that wake the program, by their numbers. */
  _scheduledTimeouts: Map<number, number>;
}

/** What each program takes as its beginning: wasm/page and wasm/worker say what is in it. */
declare var kanbaoPage: object, kanbaoEngine: object;
