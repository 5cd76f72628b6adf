// A hub as gorilla/websocket's chat example has it: one goroutine owns the clients, each client has one goroutine that
// reads and one that writes, and one who is 256 messages behind is dropped.
package main

type hub struct {
	clients map[*client]bool
	posts   chan []byte
	enter   chan *client
	leave   chan *client
}

func newHub() *hub {
	return &hub{
		clients: make(map[*client]bool),
		posts:   make(chan []byte),
		enter:   make(chan *client),
		leave:   make(chan *client),
	}
}

func (h *hub) run() {
	for {
		select {
		case c := <-h.enter:
			h.clients[c] = true
		case c := <-h.leave:
			h.drop(c)
		case text := <-h.posts:
			for c := range h.clients {
				select {
				case c.send <- text:
				default:
					h.drop(c)
				}
			}
		}
	}
}

func (h *hub) drop(c *client) {
	if h.clients[c] {
		delete(h.clients, c)
		close(c.send)
	}
}
