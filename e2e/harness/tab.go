package harness

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// patience is how long a tab waits for what a page should do. It is long
// because it bounds a failure, not a success.
const patience = 3 * time.Minute

// A Tab is a page with cookies, caches and service workers of its own.
type Tab struct {
	ctx    context.Context
	cancel func()

	mu         sync.Mutex
	allowed    []*regexp.Regexp
	complaints []string
}

// NewTab opens an empty tab of width by height CSS pixels.
func (b *Browser) NewTab(width, height int64) (*Tab, error) {
	t := &Tab{}
	t.ctx, t.cancel = chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(t.listen))
	err := chromedp.Do(t.ctx, chromedp.EmulateViewport(width, height))
	if err == nil {
		_, err = chromedp.Call(t.ctx, audits.Enable, cdp.Empty{})
	}
	if err == nil {
		_, err = chromedp.Call(t.ctx, network.Enable, network.EnableParams{})
	}
	if err == nil {
		_, err = chromedp.Call(t.ctx, target.SetAutoAttach, autoAttach())
	}
	if err == nil {
		_, err = chromedp.Call(t.ctx, serviceworker.Enable, cdp.Empty{})
	}
	if err != nil {
		t.cancel()
		return nil, err
	}
	return t, nil
}

// autoAttach has the tab attach to its workers but not to service workers: one
// that a debugger is attached to never counts as idle, so that the next build's
// would wait for ever to take its place. What goes wrong in them is told by the
// ServiceWorker domain.
func autoAttach() target.SetAutoAttachParams {
	yes := true
	return target.SetAutoAttachParams{AutoAttach: true, Flatten: &yes, Filter: target.Filter{
		{Type: "service_worker", Exclude: true},
		{},
	}}
}

// Close closes the tab and forgets all that it has stored.
func (t *Tab) Close() { t.cancel() }

// attachWorker listens to a worker of the tab as well.
func (t *Tab) attachWorker(id target.ID) {
	ctx, cancel := chromedp.NewContext(t.ctx, chromedp.WithTargetID(id), chromedp.WithListener(t.listen))
	if _, err := chromedp.Call(ctx, runtime.Enable, cdp.Empty{}); err != nil {
		cancel() // the worker has ended before we came
	}
}

// listen turns events into complaints.
func (t *Tab) listen(event any) {
	switch e := event.(type) {
	case *target.EventAttachedToTarget:
		if e.TargetInfo.Type == "worker" {
			go t.attachWorker(e.TargetInfo.TargetID)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			t.complain("console: %s", consoleText(e.Args))
		}
	case *runtime.EventExceptionThrown:
		t.complain("exception: %s", exceptionText(e.ExceptionDetails))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Source == log.EntrySourceSecurity {
			t.complain("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled {
			t.complain("request failed: %s %s %s", e.Type, e.ErrorText, e.BlockedReason)
		}
	case *serviceworker.EventWorkerErrorReported:
		t.complain("service worker: %s (%s:%d)", e.ErrorMessage.ErrorMessage, e.ErrorMessage.SourceURL, e.ErrorMessage.LineNumber)
	case *audits.EventIssueAdded:
		if d := e.Issue.Details; d != nil && d.ContentSecurityPolicyIssueDetails != nil {
			csp := d.ContentSecurityPolicyIssueDetails
			t.complain("policy: %s blocked %s", csp.ViolatedDirective, csp.BlockedURL)
		}
	}
}

func (t *Tab) complain(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.complaints = append(t.complaints, fmt.Sprintf(format, args...))
}

// Allow says that complaints that match the expression are what is expected.
func (t *Tab) Allow(expression string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.allowed = append(t.allowed, regexp.MustCompile(expression))
}

// Complaints returns what went wrong and was not allowed.
func (t *Tab) Complaints() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var list []string
next:
	for _, c := range t.complaints {
		for _, re := range t.allowed {
			if re.MatchString(c) {
				continue next
			}
		}
		list = append(list, c)
	}
	return list
}

// Run runs actions in the tab, for as long as its patience lasts.
func (t *Tab) Run(actions ...chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	return chromedp.Do(ctx, actions...)
}

// Get runs an action that has a result.
func Get[T any](t *Tab, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, action)
}

// Call runs one command of the DevTools protocol in the tab.
func Call[P, R any](t *Tab, command cdp.Command[P, R], params P) (R, error) {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	return chromedp.Call(ctx, command, params)
}

// Eval evaluates a JavaScript expression, awaits it, and decodes its value into
// result, which may be nil.
func (t *Tab) Eval(expression string, result any) error {
	yes := true
	answer, err := Call(t, runtime.Evaluate, runtime.EvaluateParams{
		Expression: expression, AwaitPromise: &yes, ReturnByValue: &yes,
	})
	if err != nil {
		return fmt.Errorf("%s: %w", expression, err)
	}
	if answer.ExceptionDetails != nil {
		return fmt.Errorf("%s: %s", expression, exceptionText(answer.ExceptionDetails))
	}
	if result == nil || len(answer.Result.Value) == 0 {
		return nil
	}
	return json.Unmarshal(answer.Result.Value, result)
}

// Open goes to an address and waits until the page and what it links to is loaded.
func (t *Tab) Open(url string) error { return t.Run(chromedp.Navigate(url)) }

// WaitComplaint waits until something is complained of that contains part.
func (t *Tab) WaitComplaint(part string) error {
	for deadline := time.Now().Add(patience); ; time.Sleep(25 * time.Millisecond) {
		list := t.Complaints()
		for _, c := range list {
			if strings.Contains(c, part) {
				return nil
			}
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("nothing was complained of that contains %q, only %q", part, list)
		}
	}
}

// Wait waits until the expression is true. It asks rather than leaves a promise
// in the page, because the page may be on its way to another one.
func (t *Tab) Wait(expression string) error {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	for {
		var ok bool
		err := t.Eval("Promise.resolve("+expression+").then(Boolean)", &ok) // it may be a promise
		if ok && err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			if err != nil {
				return fmt.Errorf("never true: %s (%w)", expression, err)
			}
			return fmt.Errorf("never true: %s", expression)
		case <-time.After(25 * time.Millisecond):
		}
	}
}

func consoleText(args []*runtime.RemoteObject) string {
	var parts []string
	for _, a := range args {
		switch {
		case len(a.Value) > 0:
			parts = append(parts, string(a.Value))
		default:
			parts = append(parts, a.Description)
		}
	}
	return strings.Join(parts, " ")
}

func exceptionText(d *runtime.ExceptionDetails) string {
	text := d.Text
	if d.Exception != nil {
		text += " " + d.Exception.Description + string(d.Exception.Value)
	}
	return fmt.Sprintf("%s (%s:%d)", text, d.URL, d.LineNumber+1)
}
