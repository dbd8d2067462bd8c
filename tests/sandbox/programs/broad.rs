// Uses what Rust's standard library offers, once each; a panic shows what did not work.
use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::{Command, Stdio};
use std::sync::{mpsc, Arc, Barrier, Condvar, Mutex};
use std::time::{Duration, SystemTime};
use std::{fs, net, panic, thread};

fn threads() {
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| sender.send(1).unwrap());
    });
    assert_eq!(receiver.recv().unwrap(), 1);
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let other = Arc::clone(&pair);
    let handle = thread::Builder::new().name("broad".into()).spawn(move || {
        *other.0.lock().unwrap() = true;
        other.1.notify_one();
    });
    let (lock, changed) = &*pair;
    drop(changed.wait_while(lock.lock().unwrap(), |set| !*set).unwrap());
    handle.unwrap().join().unwrap();
    Barrier::new(1).wait();
    thread::sleep(Duration::from_millis(1));
    assert!(thread::available_parallelism().unwrap().get() > 0);
    assert!(panic::catch_unwind(|| panic!("expected")).is_err());
}

fn processes() {
    let output = Command::new("/bin/echo").arg("child").output().unwrap();
    assert_eq!(output.stdout, b"child\n");
    let mut cat = Command::new("/bin/cat");
    let mut cat = cat.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    cat.stdin.take().unwrap().write_all(b"text").unwrap();
    assert!(cat.wait().unwrap().success());
    let mut sleep = Command::new("/bin/sleep").arg("30").spawn().unwrap();
    sleep.kill().unwrap();
    assert!(!sleep.wait().unwrap().success());
}

fn files() {
    let folder = std::env::temp_dir().join("broad");
    fs::create_dir_all(folder.join("below")).unwrap();
    fs::write(folder.join("a"), "text").unwrap();
    assert_eq!(fs::copy(folder.join("a"), folder.join("b")).unwrap(), 4);
    fs::rename(folder.join("b"), folder.join("c")).unwrap();
    fs::hard_link(folder.join("a"), folder.join("hard")).unwrap();
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 4);
    let mut options = fs::File::options();
    let file = options.read(true).write(true).open(folder.join("a")).unwrap();
    file.set_len(4096).unwrap();
    file.sync_all().unwrap();
    assert!(file.metadata().unwrap().modified().unwrap() <= SystemTime::now());
    fs::canonicalize(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
}

fn sockets() {
    let (mut one, mut other) = UnixStream::pair().unwrap();
    one.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
    one.write_all(b"x").unwrap();
    assert_eq!(other.read(&mut [0]).unwrap(), 1);
    assert_eq!(one.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock);
    let refused = UnixListener::bind("/tmp/socket").unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::PermissionDenied);
    let refused = net::TcpListener::bind("127.0.0.1:0").unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::PermissionDenied);
}

fn main() {
    threads();
    processes();
    files();
    sockets();
    assert_eq!(HashMap::from([(1, 2)])[&1], 2);
    println!("done");
}
