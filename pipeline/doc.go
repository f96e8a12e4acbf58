// Package pipeline tells the story once: each verb of [Pipeline] is a command,
// a scheduled job and a button. The stations below it do the work; none of
// them knows another's neighbour, and none knows this package.
package pipeline
