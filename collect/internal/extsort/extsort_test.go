package extsort

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// merged returns what Merge yields, as key=payload.
func merged(t *testing.T, s *Sorter) []string {
	t.Helper()
	var out []string
	if err := s.Merge(func(key, payload []byte) error {
		out = append(out, string(key)+"="+string(payload))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMerge(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, limit := range []int{1, 200, 5000, 1 << 20} {
		for _, shuffled := range []bool{false, true} {
			dir := t.TempDir()
			s := New(dir, limit)
			order := rng.Perm(500)
			if !shuffled {
				slices.Sort(order)
			}
			var want []string
			for n, i := range order {
				// Every tenth key comes twice; the two must keep their order.
				key := fmt.Sprintf("%04d", i-i%10/9)
				want = append(want, fmt.Sprintf("%s=%d", key, n))
				if err := s.Add([]byte(key), []byte(fmt.Sprint(n))); err != nil {
					t.Fatal(err)
				}
			}
			slices.SortStableFunc(want, func(a, b string) int { return strings.Compare(a[:4], b[:4]) })
			if got := merged(t, s); !slices.Equal(got, want) {
				t.Errorf("limit %d, shuffled %v: %d records in another order", limit, shuffled, len(got))
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
				t.Errorf("limit %d: left behind %v (%v)", limit, left, err)
			}
		}
	}
}

func TestAddCopies(t *testing.T) {
	s := New("", 1<<20)
	b := []byte("key")
	for i := range 3 {
		b[2] = byte('c' - i)
		if err := s.Add(b, b); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(merged(t, s), " "); got != "kea=kea keb=keb kec=kec" {
		t.Error(got)
	}
}

func TestNoRoom(t *testing.T) {
	s := New("/nowhere/at/all", 1)
	err := s.Add([]byte("a"), nil)
	if err == nil {
		err = s.Add([]byte("b"), nil)
	}
	if err == nil || !strings.Contains(err.Error(), "sorting: ") {
		t.Errorf("error %v", err)
	}
}
