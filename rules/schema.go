package rules

import "github.com/irondrift/irondrift/collect"

// inputSchema describes the input of one check: exactly the keys, facts and
// parameters that it declares. With it a misspelt or undeclared field is a
// compile error; without it the field would be undefined and the rule silent.
func (c *check) inputSchema() map[string]any {
	values := map[string]any{}
	for _, k := range c.keys {
		s := schemaOfType(k.typ)
		if k.count {
			s = typed("number")
		}
		if k.many {
			s = map[string]any{"type": "array", "items": s}
		}
		values[k.name] = s
	}
	facts := map[string]any{}
	for _, f := range c.facts {
		facts[f.name] = schemaOfFact(f.name)
	}
	parameters := map[string]any{}
	for name, p := range c.meta.Parameters {
		switch p.Default.(type) {
		case float64:
			parameters[name] = typed("number")
		case bool:
			parameters[name] = typed("boolean")
		case string:
			parameters[name] = typed("string")
		default:
			parameters[name] = arrayOf("string")
		}
	}
	captures := map[string]any{}
	for _, name := range c.meta.Captures {
		captures[name] = typed("string")
	}
	entity := map[string]any{"values": object(values)}
	root := map[string]any{"system": object(map[string]any{"platform": typed("string"), "tags": arrayOf("string")})}
	// The type checker takes an object without properties for one with any, so
	// what is empty is left out.
	for _, part := range []struct {
		in         map[string]any
		name       string
		properties map[string]any
	}{{entity, "captured", captures}, {root, "facts", facts}, {root, "parameters", parameters}} {
		if len(part.properties) > 0 {
			part.in[part.name] = object(part.properties)
		}
	}
	root["entity"] = object(entity)
	if c.meta.Taken {
		root["taken"] = typed("string")
	}
	return object(root)
}

func schemaOfType(t collect.Type) map[string]any {
	switch t {
	case collect.TypeText, collect.TypeTime:
		return typed("string")
	case collect.TypeNumber:
		return typed("number")
	case collect.TypeBool:
		return typed("boolean")
	case collect.TypeSet, collect.TypeList:
		return arrayOf("string")
	}
	return map[string]any{}
}

func schemaOfFact(name string) map[string]any {
	switch name {
	case "zones", "gaps":
		return arrayOf("string")
	case "period_hours":
		return typed("number")
	case "ports":
		return object(map[string]any{
			"first": typed("number"), "last": typed("number"),
			"site": object(map[string]any{"service": typed("string"), "class": typed("string")}),
		})
	case "declared":
		return object(map[string]any{
			"covered": typed("string"), "rules": arrayOf("string"), "on": typed("number"), "off": typed("number"), "known": typed("boolean"),
			"application_controlled": typed("boolean"), "versions": arrayOf("string"), "suites": arrayOf("string"),
		})
	case "observed":
		return object(map[string]any{
			"services": typed("number"), "clear": typed("number"), "versions": arrayOf("string"), "suites": arrayOf("string"),
		})
	case "register":
		return map[string]any{"type": "array", "items": object(map[string]any{
			"job": typed("string"), "role": typed("string"), "first": typed("number"), "last": typed("number"),
		})}
	case "in_force":
		return object(map[string]any{"differences": arrayOf("string"), "unsure": arrayOf("string")})
	case "approved", "supplied":
		return typed("boolean")
	}
	return map[string]any{}
}

func typed(name string) map[string]any { return map[string]any{"type": name} }

func arrayOf(name string) map[string]any {
	return map[string]any{"type": "array", "items": typed(name)}
}

func object(properties map[string]any) map[string]any {
	return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
}
