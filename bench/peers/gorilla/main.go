package main

import (
	"bytes"
	"log"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// The example's own limits; only the longest message is more than its 512 bytes, for the workload with long texts.
const (
	writeWait    = 10 * time.Second
	pongWait     = 60 * time.Second
	pingPeriod   = pongWait * 9 / 10
	longestBytes = 8192
	queueLength  = 256
)

type client struct {
	hub  *hub
	conn *websocket.Conn
	send chan []byte
}

var upgrader = websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024}

func (c *client) readPump() {
	defer func() {
		c.hub.leave <- c
		c.conn.Close()
	}()
	c.conn.SetReadLimit(longestBytes)
	c.conn.SetReadDeadline(time.Now().Add(pongWait))
	c.conn.SetPongHandler(func(string) error {
		return c.conn.SetReadDeadline(time.Now().Add(pongWait))
	})
	for {
		_, text, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		c.hub.posts <- bytes.TrimSpace(bytes.ReplaceAll(text, []byte{'\n'}, []byte{' '}))
	}
}

// Joining is what the example does: whatever waits goes into the same message, separated by newlines.
func (c *client) writePump(joining bool) {
	ticker := time.NewTicker(pingPeriod)
	defer func() {
		ticker.Stop()
		c.conn.Close()
	}()
	for {
		select {
		case text, open := <-c.send:
			c.conn.SetWriteDeadline(time.Now().Add(writeWait))
			if !open {
				c.conn.WriteMessage(websocket.CloseMessage, nil)
				return
			}
			if err := c.write(text, joining); err != nil {
				return
			}
		case <-ticker.C:
			c.conn.SetWriteDeadline(time.Now().Add(writeWait))
			if err := c.conn.WriteMessage(websocket.PingMessage, nil); err != nil {
				return
			}
		}
	}
}

func (c *client) write(text []byte, joining bool) error {
	if !joining {
		return c.conn.WriteMessage(websocket.TextMessage, text)
	}
	w, err := c.conn.NextWriter(websocket.TextMessage)
	if err != nil {
		return err
	}
	w.Write(text)
	for waiting := len(c.send); waiting > 0; waiting-- {
		w.Write([]byte{'\n'})
		w.Write(<-c.send)
	}
	return w.Close()
}

// The path is the room; the example has one.
func main() {
	joining := len(os.Args) > 2 && os.Args[2] == "joining"
	var lock sync.Mutex
	hubs := make(map[string]*hub)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		lock.Lock()
		h := hubs[r.URL.Path]
		if h == nil {
			h = newHub()
			hubs[r.URL.Path] = h
			go h.run()
		}
		lock.Unlock()
		c := &client{hub: h, conn: conn, send: make(chan []byte, queueLength)}
		h.enter <- c
		go c.writePump(joining)
		go c.readPump()
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
