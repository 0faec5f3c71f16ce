package collect

import "strings"

// entities are the shapes of the groups of keys that belong to one thing: one
// user, one service, one port. A key of no such shape belongs to its first two
// segments, such as all of racf/setropts.
var entities = []string{
	"attls/*/rule/*",
	"ibmi/netstat/*/*",
	"ibmi/sk/*/*",
	"ibmi/user/*",
	"racf/group/*",
	"racf/user/*",
	"tool/*/*",
	"zert/*/*/*/*/*",
	"zvm/lan/*/*",
	"zvm/profile/*",
	"zvm/user/*",
	"zvm/vswitch/*",
}

// Entity returns the key of the thing that key says something about, and
// whether it is one of many of its kind, which come and go as a whole.
func (k Key) Entity() (entity Key, many bool) {
	for _, shape := range entities {
		n := strings.Count(shape, "/") + 1
		head := k.Head(n)
		if len(head) < len(k) && matchesShape(string(head), shape) {
			return head, true
		}
	}
	return k.Head(2), false
}

func matchesShape(key, shape string) bool {
	for {
		s, shapeRest, more := strings.Cut(shape, "/")
		k, keyRest, moreKey := strings.Cut(key, "/")
		if s != "*" && s != k || more != moreKey {
			return false
		}
		if !more {
			return true
		}
		shape, key = shapeRest, keyRest
	}
}
