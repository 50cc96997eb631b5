// Puts an address that is not in UTF-8 into UTF-8, so that whoever reads it reads the same.
// loader.js loads it for such an address, which a page in GBK or Big5 has led to.
import { partsOf, put } from "./encoding.js";

const pairs = partsOf(location.search).map(([name, value]) => /** @type {[string, string]} */ ([name, value]));
history.replaceState(history.state, "", put(new URL(location.pathname + location.hash, location.href), pairs, [], true));
