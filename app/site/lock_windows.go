package site

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lockFile takes the lock on an open file, which the system lets go of when the
// process ends, however it ends; errBusy says that another process has it. What
// is locked lies far behind what the file says, so that others can read that.
func lockFile(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY,
		0, 1, 0, &windows.Overlapped{Offset: 1 << 30})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errBusy
	}
	return err
}
