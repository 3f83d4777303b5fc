package corpus

import "errors"

type parquetLayout struct{}

var parquetFormat = format{name: "parquet", is: func(head []byte, _ string) bool { return string(head[:min(4, len(head))]) == "PAR1" }, open: func(*Source, *Layout, *ReadOptions) (blocks, error) { return nil, errors.New("todo") }}
