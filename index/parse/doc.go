// Package parse makes articles of a folder of files. It walks the folder,
// chooses the parser for each file by its name and content, fills in what
// kanbao.toml says of the edition, and makes sure that no two articles have the
// same address. It understands no format itself: the packages below it do, each
// one, and they know neither the folder nor each other's files.
package parse
