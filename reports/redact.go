package reports

type redactor struct{}

func newRedactor(r *Report, key []byte) (*redactor, error) { return nil, errRedactKey }
func (x *redactor) report(r *Report) Report                { return *r }
