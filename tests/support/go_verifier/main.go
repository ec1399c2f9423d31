// Verifies a receipt with the Go checksum database's own packages, which know nothing of Assent.
// go_verifier VERIFIER_KEY PROOF RECORD [OLD_CHECKPOINT CONSISTENCY]
package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
}

func read(path string) string {
	data, err := os.ReadFile(path)
	check(err)
	return string(data)
}

func hashes(text string) []tlog.Hash {
	var all []tlog.Hash
	for _, line := range strings.Fields(text) {
		hash, err := tlog.ParseHash(line)
		check(err)
		all = append(all, hash)
	}
	return all
}

// The size and root of a checkpoint that the key signed.
func head(text, key string) (int64, tlog.Hash) {
	verifier, err := note.NewVerifier(key)
	check(err)
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return size, root
}

func main() {
	proof, record := read(os.Args[2]), read(os.Args[3])
	parts := strings.SplitN(proof, "\n\n", 2)
	lines := strings.SplitN(parts[0]+"\n", "\n", 4)
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		check(fmt.Errorf("no tlog-proof"))
	}
	salt, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	check(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	check(err)
	size, root := head(parts[1], os.Args[1])

	commitment := sha256.Sum256([]byte("assent/record/v1\x00" + string(salt) + record))
	leaf := tlog.RecordHash(append([]byte{1}, commitment[:]...))
	check(tlog.CheckRecord(tlog.RecordProof(hashes(lines[3])), size, root, index, leaf))
	if len(os.Args) > 4 {
		oldSize, oldRoot := head(read(os.Args[4]), os.Args[1])
		check(tlog.CheckTree(tlog.TreeProof(hashes(read(os.Args[5]))), size, root, oldSize, oldRoot))
	}
	fmt.Println("record", index, "of", size, "is in the log")
}
