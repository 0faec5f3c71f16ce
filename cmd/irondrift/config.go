package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/sources"
	"github.com/irondrift/irondrift/collect/zert"
	"github.com/irondrift/irondrift/reports"
	"github.com/irondrift/irondrift/rules"
)

// config is irondrift.yaml. Unknown fields are an error: a misspelt setting that
// is silently ignored is how evidence goes missing.
type config struct {
	Organisation string                `yaml:"organisation"`
	Store        string                `yaml:"store"`
	MaxAge       string                `yaml:"max_age"`
	Systems      []systemConfig        `yaml:"systems"`
	Zones        []rules.Zone          `yaml:"zones"`
	Services     []rules.Service       `yaml:"services"`
	Cryptography rules.Cryptography    `yaml:"cryptography"`
	Tables       tablesConfig          `yaml:"tables"`
	Ignore       []baseline.IgnoreRule `yaml:"ignore"`
	Rules        rulesConfig           `yaml:"rules"`
	Names        namesConfig           `yaml:"names"`
	Reports      []reportConfig        `yaml:"reports"`
	Queries      []savedQuery          `yaml:"zert_queries"`
	Enforcement  enforceConfig         `yaml:"zert_enforcement"`

	dir    string // paths are relative to the configuration file
	maxAge time.Duration
}

type systemConfig struct {
	ID       string   `yaml:"id"`
	Names    []string `yaml:"names"`
	Platform string   `yaml:"platform"`
	Tags     []string `yaml:"tags"`
	Members  []string `yaml:"members"`
	TimeZone string   `yaml:"time_zone"`
	// Facts are what no extract tells and checks may ask for.
	Facts   map[string]any `yaml:"facts"`
	Sources []sourceConfig `yaml:"sources"`

	location *time.Location
}

type sourceConfig struct {
	Source         string `yaml:"source"`
	Files          string `yaml:"files"`
	CodePage       string `yaml:"code_page"`
	AssertComplete bool   `yaml:"assert_complete"`
	NoRDW          bool   `yaml:"no_rdw"`
	Release        string `yaml:"release"` // of z/OS, for extracts whose defaults depend on it
	Stack          string `yaml:"stack"`   // TCP/IP stack, for extracts that do not name it
}

type tablesConfig struct {
	VendorPasswords []string            `yaml:"vendor_passwords"`
	ColumnAliases   map[string][]string `yaml:"column_aliases"`
	Ports           []collect.Port      `yaml:"ports"`
	ZERTCodes       []collect.ZERTCode  `yaml:"zert_codes"`
	ZERTJobs        []collect.ZERTJob   `yaml:"zert_jobs"`
}

type rulesConfig struct {
	Parameters map[string]map[string]any `yaml:"parameters"`
	Allow      []rules.Allow             `yaml:"allow"`
	Refuse     []rules.Refusal           `yaml:"refuse"`
}

// savedQuery is a zERT query with a name.
type savedQuery struct {
	Name  string   `yaml:"name"`
	Where string   `yaml:"where"`
	By    []string `yaml:"by"`
	From  string   `yaml:"from"` // local times, as the flags of zert query take them
	To    string   `yaml:"to"`
	Sort  string   `yaml:"sort"`
	Top   int      `yaml:"top"`
}

type reportConfig struct {
	Format string `yaml:"format"`
	File   string `yaml:"file"`
}

// defaultConfig is read from the current folder. A command that can do without a
// configuration does so only when no file of another name was named.
const defaultConfig = "irondrift.yaml"

// loadConfig reads and checks the configuration.
func (a *app) loadConfig() (*config, error) {
	b, err := os.ReadFile(a.config)
	if errors.Is(err, os.ErrNotExist) {
		return nil, usageError(`write one with "irondrift init", or name it with --config`, "there is no configuration file %q", a.config)
	}
	if err != nil {
		return nil, withStatus(exitUsage, unreadableConfig(a.config, err))
	}
	c, err := parseConfig(b)
	if err != nil {
		return nil, &statusError{exitUsage, &hinted{fmt.Errorf("%s: %w", collect.QuoteName(a.config), err), `"irondrift init" prints every setting with its meaning`}}
	}
	c.dir = filepath.Dir(a.config)
	return c, nil
}

// unreadableConfig says why a configuration file that is there cannot be read.
func unreadableConfig(path string, err error) error {
	if st, statErr := os.Stat(path); statErr == nil && st.IsDir() {
		return &collect.Error{File: path, Offset: -1, Err: errors.New("is a folder"), Advice: "name the configuration file in it: --config " + collect.QuoteName(filepath.Join(path, "irondrift.yaml"))}
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return &collect.Error{File: path, Offset: -1, Err: err, Advice: "give this account read access to the configuration file, or name another one with --config"}
}

func parseConfig(b []byte) (*config, error) {
	c := &config{Store: "store", MaxAge: "36h"}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(c); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("is empty")
		}
		return nil, err
	}
	if err := dec.Decode(new(any)); !errors.Is(err, io.EOF) {
		return nil, errors.New("holds more than one YAML document")
	}
	return c, c.check()
}

var idPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$`)

// check refuses what would otherwise be noticed at night, or never.
func (c *config) check() (err error) {
	if c.maxAge, err = time.ParseDuration(c.MaxAge); err != nil || c.maxAge <= 0 {
		return fmt.Errorf("max_age: %q is not a duration such as 36h", c.MaxAge)
	}
	if len(c.Systems) == 0 {
		return errors.New("systems: at least one system is needed")
	}
	seen := map[string]bool{}
	for i := range c.Systems {
		s := &c.Systems[i]
		switch {
		case !idPattern.MatchString(s.ID):
			return fmt.Errorf("systems[%d]: id %q must be letters, digits, dots, dashes and underscores", i, s.ID)
		case seen[strings.ToUpper(s.ID)]:
			return fmt.Errorf("systems[%d]: id %q is used twice", i, s.ID)
		case !slices.Contains([]string{"zvm", "zos", "ibmi"}, s.Platform):
			return fmt.Errorf("system %s: platform %q is not zvm, zos or ibmi", s.ID, s.Platform)
		case len(s.Sources) == 0:
			return fmt.Errorf("system %s: sources: at least one is needed", s.ID)
		}
		seen[strings.ToUpper(s.ID)] = true
		if s.TimeZone != "" {
			if s.location, err = time.LoadLocation(s.TimeZone); err != nil {
				return fmt.Errorf("system %s: time_zone: %w", s.ID, err)
			}
		}
		used := map[string]bool{}
		for _, src := range s.Sources {
			switch _, known := sources.Lookup(src.Source); {
			case !known:
				return fmt.Errorf("system %s: source %q is not one of %s", s.ID, src.Source, strings.Join(sources.Names(), ", "))
			case used[src.Source]:
				return fmt.Errorf("system %s: source %s is listed twice; name all its files in one pattern", s.ID, src.Source)
			case src.Files == "":
				return fmt.Errorf("system %s: source %s: files is missing", s.ID, src.Source)
			}
			if err := collect.CheckCodePage(src.CodePage); err != nil {
				return fmt.Errorf("system %s: source %s: %w", s.ID, src.Source, err)
			}
			used[src.Source] = true
		}
	}
	if err := cmp.Or(zert.CheckCodes(c.Tables.ZERTCodes), zert.CheckJobs(c.Tables.ZERTJobs)); err != nil {
		return fmt.Errorf("tables: %w", err)
	}
	for i, g := range c.Ignore {
		if g.Pattern == "" || g.Reason == "" {
			return fmt.Errorf("ignore[%d]: needs a pattern and a reason", i)
		}
		if _, err := baseline.ParsePattern(g.Pattern); err != nil {
			return fmt.Errorf("ignore[%d]: %w", i, err)
		}
		if err := checkDate(g.Expires); err != nil {
			return fmt.Errorf("ignore[%d]: expires: %w", i, err)
		}
	}
	for i, q := range c.Queries {
		if q.Name == "" {
			return fmt.Errorf("zert_queries[%d]: needs a name", i)
		}
		if _, err := compileWhere(q.Where); err != nil {
			return fmt.Errorf("zert_queries %s: %w", q.Name, err)
		}
		for _, name := range q.By {
			if _, ok := zert.FieldNamed(name); !ok {
				return fmt.Errorf("zert_queries %s: by: there is no field %q", q.Name, name)
			}
		}
	}
	if err := c.Enforcement.check(); err != nil {
		return fmt.Errorf("zert_enforcement: %w", err)
	}
	for i, r := range c.Reports {
		if _, err := reports.FindFormat(r.Format); err != nil {
			return fmt.Errorf("reports[%d]: %w", i, err)
		}
		if r.File == "" {
			return fmt.Errorf("reports[%d]: file is missing", i)
		}
	}
	return nil
}

func checkDate(s string) error {
	if s == "" {
		return nil
	}
	_, err := time.Parse(time.DateOnly, s)
	return err
}

// glob is path for a pattern of files. The folder of the configuration is no part
// of the pattern, whatever its name holds.
func (c *config) glob(p, night string) string {
	p = strings.ReplaceAll(p, "{night}", night)
	if filepath.IsAbs(p) || runtime.GOOS == "windows" { // where a pattern has no escapes
		return c.path(p, night)
	}
	return filepath.Join(globEscaper.Replace(c.dir), p)
}

var globEscaper = strings.NewReplacer("\\", "\\\\", "*", "\\*", "?", "\\?", "[", "\\[")

// path makes a path of the configuration relative to its folder and fills in
// the night.
func (c *config) path(p, night string) string {
	p = strings.ReplaceAll(p, "{night}", night)
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// options are the collector's options for one source of a system.
func (c *config) options(s *systemConfig, src *sourceConfig, secret []byte) *collect.Options {
	return &collect.Options{
		System: s.ID, SystemFrom: collect.FromConfiguration, Names: s.Names,
		Location: s.location, Zone: s.TimeZone,
		CodePage: src.CodePage, AssertComplete: src.AssertComplete, NoRDW: src.NoRDW, Release: src.Release, Stack: src.Stack,
		Site: collect.Site{
			VendorPasswords: c.Tables.VendorPasswords,
			ColumnAliases:   c.Tables.ColumnAliases,
			Ports:           c.Tables.Ports,
			ZERTCodes:       c.Tables.ZERTCodes,
			ZERTJobs:        c.Tables.ZERTJobs,
		},
		SecretKey: secret, Collector: programVersion(),
	}
}

// site is the policy data that checks work with. The rules package checks it.
func (c *config) site(day time.Time) rules.Site {
	return rules.Site{
		Zones: c.Zones, Services: c.Services, Cryptography: c.Cryptography, Ports: c.Tables.Ports,
		Allow: c.Rules.Allow, Refuse: c.Rules.Refuse, Parameters: c.Rules.Parameters, Date: day,
	}
}

// system returns the configuration of a system by id or other name.
func (c *config) system(name string) *systemConfig {
	for i := range c.Systems {
		s := &c.Systems[i]
		if strings.EqualFold(s.ID, name) || slices.ContainsFunc(s.Names, func(n string) bool { return strings.EqualFold(n, name) }) {
			return s
		}
	}
	return nil
}
