"""The site as people meet it: in Chromium, with and without JavaScript, wide and narrow, by keyboard."""
