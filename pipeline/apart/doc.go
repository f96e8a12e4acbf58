// Package apart reads documents that look large or odd in a process of their
// own, a child that runs the same program, so that no document can take more
// memory or time than it is given, nor the rest of a batch with it.
//
// It does not read documents itself: that is package sheet's. Ordinary documents
// do not leave the program.
package apart

import "time"

// What one document may take.
const (
	maxMemory  = 512 << 20        // bytes of the child
	maxTime    = 20 * time.Second // from the request to the whole answer
	documents  = 50               // that one child reads before another takes its place
	startLimit = 10 * time.Second // until the child has said that it is there
)

// folderPrefix begins the name of a child's folder, which is in the system's
// folder for temporaries.
const folderPrefix = "baocao-"

// childVariable is set to its folder in the environment of a child, which must
// not have children of its own.
const childVariable = "BAOCAO_READS_APART"
