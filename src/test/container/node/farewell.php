<?php
// Put before a program: it fills the termination message, once when it starts or once when it ends. FAREWELL=start|end
$fill = fn() => file_put_contents('/dev/termination-log', str_repeat("a long farewell\n", 400));
if (getenv('FAREWELL') === 'start') $fill();
if (getenv('FAREWELL') === 'end') register_shutdown_function($fill);
