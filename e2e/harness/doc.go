// Package harness drives a built site in Chromium. It serves the site below a
// path and under the strict policy, opens tabs that share nothing with each
// other, and keeps a list of complaints: console errors, exceptions, violations
// of the policy, failed requests, and requests to any other host.
//
// It makes no judgement of its own: the tests in e2e, the screenshots and the
// benchmarks say what they expect.
package harness
