package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/sources"
)

// collectFiles reads files, each with the source that recognises it or with the
// given one. Files of one source make one part. Of several files for a named
// source one may be unreadable: the others are read, and the part is partial.
func collectFiles(ctx context.Context, src collect.Source, names []string, opts *collect.Options, p *progress, stdin io.Reader) ([]*collect.Part, error) {
	bySource := map[string][]*collect.File{}
	chosen := map[string]collect.Source{}
	spoiled := spoiledFiles{several: src != nil && len(names) > 1}
	for _, name := range names {
		f, head, err := peek(name, stdin)
		if err != nil {
			if f == nil || !spoiled.takes(f, err) {
				return nil, err
			}
			continue
		}
		s := src
		if s == nil {
			if s, err = collect.Recognise(sources.All(), head); err != nil {
				return nil, err
			}
		}
		id := s.Info().Name
		bySource[id] = append(bySource[id], f)
		chosen[id] = s
	}
	if len(bySource) == 0 {
		return nil, spoiled.first
	}
	var parts []*collect.Part
	for _, id := range slices.SortedStableFunc(slices.Values(sources.Names()), systemValuesFirst) {
		files := bySource[id]
		if len(files) == 0 {
			continue
		}
		var total int64
		for _, f := range files {
			total += max(0, f.Size())
		}
		p.step("reading "+collect.QuoteName(files[0].Name), total)
		withZone, err := followQTIMZON(opts, parts)
		if err != nil {
			return nil, err
		}
		got, err := spoiled.read(ctx, chosen[id], files, withZone)
		if err != nil {
			for _, q := range parts {
				q.Close()
			}
			return nil, err
		}
		parts = append(parts, got...)
	}
	for _, part := range parts {
		for _, why := range spoiled.why {
			part.Header.Lower(collect.Partial, why)
		}
	}
	return parts, nil
}

// peek opens an input and reads its head; f is nil when there is no such file.
func peek(name string, stdin io.Reader) (f *collect.File, head *collect.Head, err error) {
	if f, err = openInput(name, stdin); err != nil {
		return nil, nil, err
	}
	head, err = f.Peek()
	return f, head, err
}

// spoiledFiles are those of several files that could not be read.
type spoiledFiles struct {
	several bool
	first   error
	why     []string
}

// takes reports whether the others can be read without a file, and remembers why
// they have to.
func (s *spoiledFiles) takes(f *collect.File, err error) bool {
	spoils := func(target error) bool { return errors.Is(err, target) }
	if !s.several || !slices.ContainsFunc([]error{collect.ErrEmpty, collect.ErrDamaged, collect.ErrNotRecognised, fs.ErrPermission}, spoils) {
		return false
	}
	if s.first == nil {
		s.first = err
	}
	s.why = append(s.why, f.Describe(err))
	return true
}

// read lets a source read files, and once more without one that it names as
// unreadable.
func (s *spoiledFiles) read(ctx context.Context, src collect.Source, files []*collect.File, opts *collect.Options) ([]*collect.Part, error) {
	for {
		parts, err := collect.Run(ctx, src, files, opts)
		var at *collect.Error
		if err == nil || !errors.As(err, &at) {
			return parts, err
		}
		i := slices.IndexFunc(files, func(f *collect.File) bool { return f.Name == at.File })
		if i < 0 || len(files) == 1 || !s.takes(files[i], err) {
			if s.first != nil {
				err = s.first // of the file that was left out first
			}
			return nil, err
		}
		again := make([]*collect.File, 0, len(files)-1)
		for _, f := range slices.Delete(slices.Clone(files), i, i+1) {
			st, statErr := os.Stat(f.Name)
			if statErr != nil || !st.Mode().IsRegular() {
				return nil, err // what was read of a pipe is gone
			}
			if f, statErr = collect.OpenFile(f.Name); statErr != nil {
				return nil, fmt.Errorf("read again without %s: %w", collect.QuoteName(at.File), statErr)
			}
			again = append(again, f)
		}
		files = again
	}
}
