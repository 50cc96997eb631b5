package words

// part is which part of the dictionary gse and we are tried with: gse takes ten
// seconds to load all of it in Node.
const part = 16
