package baseline

// FoldIdle makes one NotSeen row of all keys of a thing that was idle: a service
// that nobody used tonight is one thing to read and not twenty. The row has the
// key of the thing and counts its keys; what it was is with the single changes,
// which an approval goes by. Changes come as [Diff] gives them; flush must be
// called behind the last.
func FoldIdle(yield func(Change) error) (fold func(Change) error, flush func() error) {
	var row Change
	flush = func() error {
		if row.Keys == 0 {
			return nil
		}
		out := row
		row = Change{}
		return yield(out)
	}
	fold = func(c Change) error {
		if !c.Idle {
			if err := flush(); err != nil {
				return err
			}
			return yield(c)
		}
		entity, _ := c.Key.Entity()
		if row.Keys > 0 && row.Key == entity && row.Source == c.Source {
			row.Keys++
			return nil
		}
		if err := flush(); err != nil {
			return err
		}
		row = Change{Op: NotSeen, Key: entity, Class: c.Class, Source: c.Source, Idle: true, Keys: 1}
		return nil
	}
	return fold, flush
}
