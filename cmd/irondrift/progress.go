package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progress shows on a terminal how far long work has come: one line on standard
// error, redrawn a few times a second, gone when the work is done. It starts to
// show after half a second, so that short work stays quiet.
type progress struct {
	mu    sync.Mutex
	w     io.Writer // nil: not a terminal, show nothing
	what  string
	done  int64
	total int64
	start time.Time
	shown time.Time
	drawn bool
}

func (a *app) progress() *progress {
	p := &progress{start: time.Now()}
	if !a.quiet && !a.json && isTerminal(a.stderr) {
		p.w = a.stderr
	}
	return p
}

// step names the work that begins; total is its size in bytes, 0 when unknown.
func (p *progress) step(what string, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what, p.done, p.total = what, 0, total
	p.draw(true)
}

// add counts bytes of the current step; it may be called from any goroutine.
func (p *progress) add(n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	p.draw(false)
}

func (p *progress) draw(force bool) {
	now := time.Now()
	if p.w == nil || now.Sub(p.start) < 500*time.Millisecond || !force && now.Sub(p.shown) < 150*time.Millisecond {
		return
	}
	p.shown, p.drawn = now, true
	line := plain(p.what)
	switch {
	case p.total > 0:
		line += fmt.Sprintf("  %d%% of %s", min(100, p.done*100/p.total), size(p.total))
	case p.done > 0:
		line += "  " + size(p.done)
	}
	if limit := width(p.w) - 1; len(line) > limit {
		line = line[:limit]
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s", line)
}

// clear removes the line.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}

func size(n int64) string {
	switch {
	case n >= 10<<30:
		return fmt.Sprintf("%d GiB", n>>30)
	case n >= 10<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 10<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
