package main

import (
	"fmt"

	"baocao/pipeline/collect"
)

// secretConfig are the keys that say where a password or token is; it never
// stands in the configuration itself. Exactly one of them is given.
//
// A file is relative to the configuration's folder and may be read by its owner
// alone (chmod 600). A token is one of OAuth 2.0 for XOAUTH2, as Google and
// Microsoft ask for; it is read anew for each login, and another program must
// keep it fresh.
type secretConfig struct {
	PasswordFile string `yaml:"password_file"`
	PasswordEnv  string `yaml:"password_env"`
	TokenFile    string `yaml:"token_file"`
	TokenEnv     string `yaml:"token_env"`
}

// where tells where the password is, or the token, and how many of the keys were
// given: only of one is the answer of use.
func (c secretConfig) where(folder string) (s collect.Secret, oauth bool, given int) {
	for _, key := range []struct {
		file, env string
		oauth     bool
	}{
		{file: c.PasswordFile}, {env: c.PasswordEnv}, {file: c.TokenFile, oauth: true}, {env: c.TokenEnv, oauth: true},
	} {
		if key.file+key.env == "" {
			continue
		}
		given++
		s, oauth = collect.Secret{Env: key.env}, key.oauth
		if key.file != "" {
			s.File = beside(folder, key.file)
		}
	}
	return s, oauth, given
}

// wrongSecrets is the error of too few or too many keys.
func wrongSecrets(want, got int) error {
	return fmt.Errorf("want %d of password_file, password_env, token_file and token_env, got %d", want, got)
}
