package collect

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/quick"
	"time"
)

func TestFormIsReadBack(t *testing.T) {
	for _, c := range []struct {
		v    Value
		form string
	}{
		{Text("KDFAES"), "KDFAES"},
		{Text("4:8 ********"), "4:8 ********"},
		{Text(""), `""`},
		{Text("true"), `"true"`},
		{Text("90"), `"90"`},
		{Text("007"), "007"},
		{Text("-1.5e3"), `"-1.5e3"`},
		{Text("?what"), `"?what"`},
		{Text("[x]"), `"[x]"`},
		{Text(" padded "), `" padded "`},
		{Text("two\nlines"), `"two\nlines"`},
		{Text("\x1b[31mred"), `"\u001b[31mred"`},
		{Text("right\u202eleft"), `"right\u202eleft"`},
		{Text("\xC1\xC2"), `\xC1\xC2`},
		{Text("Müller"), "Müller"},
		{Number(90), "90"},
		{Bool(false), "false"},
		{Set("b", "a", "b"), `["a","b"]`},
		{List("b", "a", "b"), `["b","a","b"]`},
		{Set(), `[]`},
		{Unknown("not visible: collecting user lacks AUDITOR"), "?not visible: collecting user lacks AUDITOR"},
		{Time(time.Date(2026, 11, 18, 2, 5, 0, 0, time.FixedZone("", 3600))), "2026-11-18T01:05:00Z"},
	} {
		if got := c.v.String(); got != c.form {
			t.Errorf("form of %v is %s, want %s", c.v.Type(), got, c.form)
		}
		back, err := ParseForm([]byte(c.form), c.v.Type())
		if err != nil || back.Compare(c.v) != 0 {
			t.Errorf("%s is read back as %s %s (%v), want %s", c.form, back.Type(), back, err, c.v.Type())
		}
		b, err := json.Marshal(c.v)
		if err != nil {
			t.Fatal(err)
		}
		var fromJSON Value
		if err := json.Unmarshal(b, &fromJSON); err != nil || fromJSON.as(c.v.Type()).Compare(c.v) != 0 {
			t.Errorf("JSON %s is read back as %s (%v)", b, fromJSON, err)
		}
	}
}

func TestAnyTextSurvivesItsForm(t *testing.T) {
	check := func(s string) bool {
		v := Text(s)
		back, err := ParseForm(v.AppendForm(nil), TypeText)
		key := NewKey("compextr", s)
		line := AppendLine(nil, key, v)
		k, form, err2 := SplitLine(line)
		return err == nil && err2 == nil && back.Compare(v) == 0 && Key(k) == key && string(form) == v.String()
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 20000}); err != nil {
		t.Error(err)
	}
}

func FuzzLine(f *testing.F) {
	f.Add("a: b", "v")
	f.Add(`"quoted`, "?x")
	f.Add("x/~y", "12")
	f.Add("\xff", "\x00")
	f.Add("ends:", " ")
	f.Fuzz(func(t *testing.T, name, text string) {
		key, v := NewKey("compextr", name), Text(text)
		k, form, err := SplitLine(AppendLine(nil, key, v))
		if err != nil || Key(k) != key {
			t.Fatalf("key %q is read back as %q (%v)", key, k, err)
		}
		back, err := ParseForm(form, TypeText)
		if err != nil || back.Compare(v) != 0 {
			t.Fatalf("value %q is read back as %q (%v)", v, back, err)
		}
		// Whatever is read must be written in one form only.
		if w, err := ParseForm([]byte(text), TypeAbsent); err == nil && !w.IsUnknown() {
			again, err := ParseForm(w.AppendForm(nil), TypeAbsent)
			if err != nil || again.Compare(w) != 0 {
				t.Fatalf("%q is read as %q and then as %q (%v)", text, w, again, err)
			}
		}
	})
}

func TestUnknownIsEqualToNothing(t *testing.T) {
	u := Unknown("why")
	if u.Equal(u) || u.Equal(Text("why")) || (Value{}).Equal(u) || Bool(false).Equal(u) {
		t.Error("unknown compares equal to something")
	}
	if !Set("A", "B").Equal(Set("B", "A")) || List("A", "B").Equal(List("B", "A")) {
		t.Error("order must not matter in sets and must in lists")
	}
}

func TestKeys(t *testing.T) {
	k := NewKey("zert", "PRDA", "TCPIP", "server", "a/b~c", "[::1]:443")
	if want := Key("zert/PRDA/TCPIP/server/a~1b~0c/[::1]:443"); k != want {
		t.Errorf("key %s, want %s", k, want)
	}
	if s := k.Segments(); s[4] != "a/b~c" || len(s) != 6 {
		t.Errorf("segments %q", s)
	}
	if k.Head(2) != "zert/PRDA" || k.Head(9) != k {
		t.Errorf("head: %s, %s", k.Head(2), k.Head(9))
	}
	if !k.Under("zert/PRDA") || k.Under("zert/PRD") || !k.Under(k) {
		t.Error("prefixes must end at a segment")
	}
	for bad, why := range map[Key]string{"foo/bar": "namespace", "zvm": "one segment", "zvm/a~2": "escape", "zvm/a~": "escape", "zvm/\xff": "UTF-8"} {
		if bad.Validate() == nil {
			t.Errorf("%q passes in spite of its %s", bad, why)
		}
	}
}

func TestNumbersAreThoseOfJSON(t *testing.T) {
	pieces := []string{"", "-", "+", "0", "1", "9", ".", "e", "E", "x", " "}
	var all func(prefix string, depth int)
	all = func(prefix string, depth int) {
		if prefix != "" && strings.Trim(prefix, "-+0123456789.eE") == "" && isJSONNumber(prefix) != json.Valid([]byte(prefix)) {
			t.Errorf("%q: %v, JSON says %v", prefix, isJSONNumber(prefix), json.Valid([]byte(prefix)))
		}
		if depth > 0 {
			for _, p := range pieces[1:] {
				all(prefix+p, depth-1)
			}
		}
	}
	all("", 5)
}
