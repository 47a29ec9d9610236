<?php
// Put before a program: it fills the termination message, once when it starts or once when it ends. FAREWELL=start|end
// FAREWELL_LINES: how long it is; kubelet keeps no more than 4096 bytes.
$fill = fn() => file_put_contents('/dev/termination-log', str_repeat("a long farewell\n", (int) (getenv('FAREWELL_LINES') ?: 400)));
if (getenv('FAREWELL') === 'start') $fill();
if (getenv('FAREWELL') === 'end') register_shutdown_function($fill);
