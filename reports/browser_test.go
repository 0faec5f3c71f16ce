package reports

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// probe looks at the report in two frames, as wide as a telephone and as a
// desktop screen, with everything unfolded, and says what is wrong with it.
const probe = `<!DOCTYPE html><link rel="icon" href="data:,"><title>probe</title>
<iframe src="/report.html" width="400" height="800"></iframe>
<iframe src="/report.html" width="1280" height="800"></iframe>
<pre id="result">not run</pre>
<script>
function luminance(c) {
  return c.slice(0, 3).map(function (v) { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); })
    .reduce(function (sum, v, i) { return sum + v * [0.2126, 0.7152, 0.0722][i]; }, 0);
}
function color(s) { var m = s.match(/[\d.]+/g).map(Number); return m.length < 4 ? m.concat(1) : m; }
addEventListener("load", function () {
  var found = [];
  document.querySelectorAll("iframe").forEach(function (frame) {
    var view = frame.contentWindow, doc = frame.contentDocument, width = frame.width;
    doc.querySelectorAll("details").forEach(function (d) { d.open = true; });
    var page = doc.documentElement;
    if (page.scrollWidth > page.clientWidth) {
      found.push(width + " wide: content is " + page.scrollWidth + " wide");
      doc.querySelectorAll("body *").forEach(function (e) {
        if (e.getBoundingClientRect().right > page.clientWidth + 1 && !e.closest(".scroll") && found.length < 8)
          found.push("  too wide: " + e.tagName + " " + e.className + ": " + e.textContent.slice(0, 60));
      });
    }
    var seen = {};
    doc.querySelectorAll("body *").forEach(function (e) {
      var own = Array.prototype.some.call(e.childNodes, function (n) { return n.nodeType === 3 && n.data.trim(); });
      var style = view.getComputedStyle(e);
      if (!own || e.tagName === "SCRIPT" || style.visibility === "hidden" || e.getClientRects().length === 0) return;
      var back = e, ground;
      do { ground = color(view.getComputedStyle(back).backgroundColor); back = back.parentElement; } while (back && ground[3] === 0);
      if (ground[3] === 0) ground = [255, 255, 255];
      var a = luminance(color(style.color)), b = luminance(ground);
      var ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      var name = e.tagName + "." + e.className;
      if (ratio < 4.5 && !seen[name]) { seen[name] = 1; found.push(width + " wide: contrast " + ratio.toFixed(2) + " of " + name); }
    });
    var ids = {};
    doc.querySelectorAll("[id]").forEach(function (e) { if (ids[e.id]) found.push("two elements are called " + e.id); ids[e.id] = 1; });
    doc.querySelectorAll("a[href^='#']").forEach(function (a) {
      var id = decodeURIComponent(a.getAttribute("href").slice(1));
      if (!ids[id]) found.push("a link leads to " + id + ", which is not there");
    });
    doc.querySelectorAll("th:not([scope])").forEach(function (e) { found.push("a heading cell has no scope: " + e.textContent); });
    if (!page.classList.contains("js")) found.push("the script of the page was not allowed to run");
    var box = doc.getElementById("search");
    if (box) {
      box.value = "8.3.7"; box.dispatchEvent(new Event("input"));
      var shown = Array.prototype.filter.call(doc.querySelectorAll("#requirement-table tbody tr"), function (r) { return r.getClientRects().length; });
      if (shown.length !== 1) found.push("searching 8.3.7 shows " + shown.length + " rows");
      box.value = ""; box.dispatchEvent(new Event("input"));
    }
    var pick = doc.getElementById("f-no-evidence"); pick.checked = true;
    doc.querySelectorAll("#requirement-table tbody tr").forEach(function (r) {
      var visible = r.getClientRects().length > 0;
      if (visible !== r.classList.contains("no-evidence")) found.push("the status filter is wrong about " + r.textContent.slice(0, 40));
    });
  });
  document.getElementById("result").textContent = JSON.stringify(found);
});
</script>`

// TestHTMLInBrowser opens the report in Chromium when there is one. The console
// must stay empty, nothing may be requested, nothing may be wider than the
// window, text must have the contrast that WCAG AA asks for, and links and
// filters must work.
func TestHTMLInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	var browser string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("no Chromium on this machine")
	}
	noAnchors := hostileReport() // its requirement numbers and check ids do not match up
	for _, c := range []struct {
		name   string
		report *Report
		only   *regexp.Regexp // complaints that count; nil for all
	}{
		{"example", exampleReport(), nil},
		{"hostile", noAnchors, regexp.MustCompile(`wide|script`)},
	} {
		t.Run(c.name, func(t *testing.T) {
			var page bytes.Buffer
			if err := Write(&page, "html", c.report, Options{}); err != nil {
				t.Fatal(err)
			}
			var mu sync.Mutex
			var asked []string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				switch r.URL.Path {
				case "/":
					fmt.Fprint(w, probe)
				case "/report.html":
					w.Write(page.Bytes())
				default:
					mu.Lock()
					asked = append(asked, r.URL.Path)
					mu.Unlock()
					http.NotFound(w, r)
				}
			}))
			defer server.Close()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
				"--no-proxy-server", "--user-data-dir="+t.TempDir(), "--enable-logging=stderr", "--dump-dom", server.URL+"/")
			var dom, log bytes.Buffer
			cmd.Stdout, cmd.Stderr = &dom, &log
			cmd.WaitDelay = 5 * time.Second
			if err := cmd.Run(); err != nil {
				t.Skipf("Chromium does not run here: %v", err)
			}
			for line := range strings.Lines(log.String()) {
				if strings.Contains(line, "CONSOLE") {
					t.Errorf("console: %s", line)
				}
			}
			if len(asked) > 0 {
				t.Errorf("the page asked for %v", asked)
			}
			m := regexp.MustCompile(`(?s)<pre id="result">(.*?)</pre>`).FindStringSubmatch(dom.String())
			if m == nil {
				t.Fatalf("no result in what Chromium printed: %.300s", dom.String())
			}
			var found []string
			if err := json.Unmarshal([]byte(html.UnescapeString(m[1])), &found); err != nil {
				t.Fatalf("the probe says %.300s", m[1])
			}
			for _, f := range found {
				if c.only == nil || c.only.MatchString(f) {
					t.Error(f)
				}
			}
		})
	}
}
