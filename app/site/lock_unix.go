//go:build unix

package site

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lockFile takes the lock on an open file, which the system lets go of when the
// process ends, however it ends; errBusy says that another process has it.
func lockFile(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	switch {
	case errors.Is(err, unix.EWOULDBLOCK):
		return errBusy
	case errors.Is(err, unix.ENOTSUP), errors.Is(err, unix.ENOLCK), errors.Is(err, unix.ENOSYS):
		return nil // a file system without locks; the list is compared before the end
	}
	return err
}
