package main

// quality is how well a filter or cleaner did on one labelled set.
type quality struct {
	Set string `json:"set"`
}
