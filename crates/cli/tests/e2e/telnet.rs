//! Devices that have nothing but telnet.

use std::io::{Read as _, Write as _};

use crate::bench::Bench;
use crate::jobs::of;

/// A device that knows telnet alone (RFC 854), of a Cisco's manners. It hangs up on a password that is not `s3cret`.
fn telnet_device() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || telnet_session(stream));
        }
    });
    port
}

fn telnet_session(mut stream: std::net::TcpStream) -> std::io::Result<()> {
    stream.write_all(&[255, 251, 1, 255, 251, 3])?;
    stream.write_all(b"\r\nUser Access Verification\r\n\r\nUsername: ")?;
    telnet_line(&mut stream, true)?;
    stream.write_all(b"Password: ")?;
    if telnet_line(&mut stream, false)? != "s3cret" {
        return stream.write_all(b"\r\n% Authentication failed\r\n");
    }
    loop {
        stream.write_all(b"\r\nold-1#")?;
        match telnet_line(&mut stream, true)?.as_str() {
            "show clock" => stream.write_all(b"*12:00:00.000 UTC Sat Nov 21 2026")?,
            "exit" => return Ok(()),
            _ => {}
        }
    }
}

/// A line without what telnet says in between; echoed unless it is a secret.
fn telnet_line(stream: &mut std::net::TcpStream, echo: bool) -> std::io::Result<String> {
    let byte = |stream: &mut std::net::TcpStream| -> std::io::Result<u8> {
        let mut one = [0];
        stream.read_exact(&mut one).map(|()| one[0])
    };
    let mut line = String::new();
    loop {
        match byte(stream)? {
            255 => match byte(stream)? {
                250 => while (byte(stream)?, byte(stream)?) != (255, 240) {},
                _ => drop(byte(stream)?),
            },
            b'\r' => {
                byte(stream)?;
                stream.write_all(b"\r\n")?;
                return Ok(line);
            }
            one => {
                line.push(char::from(one));
                if echo {
                    stream.write_all(&[one])?;
                }
            }
        }
    }
}

#[test]
fn a_job_by_telnet_asks_a_device_that_has_nothing_else_and_others_leave_it_alone() {
    let bench = Bench::new();
    let port = telnet_device().to_string();
    let add = ["devices", "add", "old-1", "--address", "127.0.0.1", "--port", &port, "--platform", "cisco_ios"];
    bench.run(&add, "").ok();
    let create = |name: &str, protocol: &str| {
        let args = ["jobs", "create", name, "--type", "clock", "--command", "show clock", "--protocol", protocol];
        bench.run(&args, "").ok();
    };
    create("by-telnet", "telnet");
    create("by-ssh", "ssh");
    let run = |job: &str| {
        bench.run(&["run", "--job", job, "--user", "ops", "--password-stdin", "-y", "--quiet", "--json"], "s3cret\n")
    };
    let refused = run("by-ssh");
    assert_eq!(refused.code, 1, "nothing is sent in the clear unless a job says so: {refused:?}");
    let done = run("by-telnet").ok().json();
    assert_eq!(of(&done, "/jobs/0/report/devices_succeeded").as_u64(), Some(1), "{done}");
    let kept = std::fs::read_to_string(bench.home().join("collections/clock/old-1.txt")).expect("the capture");
    assert_eq!(kept.trim(), "*12:00:00.000 UTC Sat Nov 21 2026");
}
