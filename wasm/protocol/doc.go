// Package protocol is the conversation between a page and the engine, which
// runs in a worker: JSON texts, each a request or an answer. Server answers
// requests out of a query.Library; Client is a query.Library that asks a
// Server. How the texts travel is the caller's affair: the package knows
// neither JavaScript nor the index format's bytes.
package protocol
