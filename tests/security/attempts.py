"""The attempts: ways out of a box, run inside it (and, to prove that each can win, outside). Standard library only.

Argument: JSON with the decoys {"secret", "pid", "mark", "port", "abstract", "shm", "token"}, `first`: the process of the
supervisor inside and a decoy outside, `workspace`, and sizes in MB {"bomb", "fill"}.
Prints one JSON line an attempt: [number, won, detail]. An attempt wins when it returns True; an exception is a defeat.
"""

import ctypes
import fcntl
import glob
import json
import os
import resource
import signal
import socket
import stat
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

D = json.loads(sys.argv[1])
LIBC = ctypes.CDLL(None, use_errno=True)
ATTEMPTS: dict[int, Callable[[], object]] = {}
BORN_WITH = [number for number in range(256) if os.path.exists(f"/proc/self/fd/{number}") and os.get_inheritable(number)]
NEWNS, NEWUSER = 0x20000, 0x10000000
EPERM, ENOSYS, ENETUNREACH = 1, 38, 101


def attempt(number: int) -> Callable[[Callable[[], object]], Callable[[], object]]:
    def add(function: Callable[[], object]) -> Callable[[], object]:
        ATTEMPTS[number] = function
        return function

    return add


def call(number: int, *arguments: object) -> int:
    """A raw system call; raises OSError when it fails."""
    ctypes.set_errno(0)
    result = LIBC.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def reaches(number: int, *arguments: object) -> bool:
    """Whether the kernel looks at a call at all, whatever it then says of these arguments."""
    try:
        call(number, *arguments)
    except OSError as error:
        return error.errno not in (EPERM, ENOSYS, 97)
    return True


def forked(function: Callable[[], object]) -> bool:
    """Whether it wins in a child; what it does to itself stays there."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if function() else 1)
        except BaseException:
            os._exit(2)
    return os.waitpid(child, 0)[1] == 0


def creates(path: str) -> bool:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    os.unlink(path)
    return True


def opens(path: str, flags: int = os.O_RDONLY) -> bool:
    os.close(os.open(path, flags | os.O_NONBLOCK))
    return True


def any_opens(paths: list[str], flags: int) -> bool:
    for path in paths:
        try:
            return opens(path, flags)
        except OSError:
            continue
    return False


def reads_secret(path: str) -> bool:
    return D["token"] in Path(path).read_text()


for _number, _folder in ((1, "/usr"), (2, "/bin"), (3, "/lib"), (4, "/etc"), (5, "/")):
    ATTEMPTS[_number] = lambda folder=_folder: creates(f"{folder}/zz-{os.getpid()}")


@attempt(6)
def remount_root_writable() -> bool:
    return forked(lambda: call(165, b"none", b"/", b"", 0x20 | 0x1000, b"") == 0)


@attempt(7)
def mount_over_usr() -> bool:
    def over() -> bool:
        call(165, b"tmpfs", b"/usr", b"tmpfs", 0, 0)
        call(166, b"/usr", 2)
        return True

    return forked(over)


@attempt(8)
def unmount_proc() -> bool:
    def off() -> bool:
        if os.path.ismount("/workspace"):
            call(166, b"/workspace", 2)
        else:
            call(165, b"tmpfs", b"/mnt", b"tmpfs", 0, 0)
            call(166, b"/mnt", 2)
        return True

    return forked(off)


@attempt(9)
def clone_a_mount() -> bool:
    return call(428, -100, b"/", 1) >= 0


@attempt(10)
def unshare_namespaces() -> bool:
    return forked(lambda: call(272, NEWUSER | NEWNS) == 0)


@attempt(11)
def clone_user_namespace() -> bool:
    pid = call(56, NEWUSER | signal.SIGCHLD, 0, 0, 0, 0)
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return True


@attempt(12)
def clone3_user_namespace() -> bool:
    arguments = ctypes.create_string_buffer(struct.pack("11Q", NEWUSER, 0, 0, 0, signal.SIGCHLD, 0, 0, 0, 0, 0, 0), 88)
    pid = call(435, arguments, 88)
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return True


@attempt(13)
def join_namespace_of_process_1() -> bool:
    def join() -> bool:
        call(308, os.open(f"/proc/{D['first']}/ns/mnt", os.O_RDONLY), 0)
        return True

    return forked(join)


@attempt(14)
def leave_a_chroot() -> bool:
    def leave() -> bool:
        os.makedirs("/tmp/pit", exist_ok=True)
        up = os.open("/", os.O_RDONLY)
        os.chroot("/tmp/pit")
        os.fchdir(up)
        for _ in range(64):
            os.chdir("..")
        os.chroot(".")
        return reads_secret(D["secret"])

    return forked(leave)


@attempt(15)
def secret_by_path() -> bool:
    return reads_secret(D["secret"])


@attempt(16)
def secret_by_link() -> bool:
    link = f"{D['workspace']}/link-{os.getpid()}"
    os.symlink(D["secret"], link)
    try:
        return reads_secret(link)
    finally:
        os.unlink(link)


@attempt(17)
def secret_by_root_of_process_1() -> bool:
    return reads_secret(f"/proc/{D['first']}/root{D['secret']}")


@attempt(18)
def secret_by_root_of_anyone() -> bool:
    for place in glob.glob("/proc/[0-9]*/root") + glob.glob("/proc/[0-9]*/cwd"):
        try:
            if reads_secret(place + D["secret"]):
                return True
        except OSError:
            continue
    return False


def hard_links(source: str) -> bool:
    target = f"{D['workspace']}/hard-{os.getpid()}"
    os.link(source, target)
    os.unlink(target)
    return True


@attempt(19)
def hard_link_of_the_secret() -> bool:
    return hard_links(D["secret"])


@attempt(20)
def hard_link_of_a_program() -> bool:
    return hard_links("/usr/bin/true")


@attempt(21)
def open_by_handle() -> bool:
    handle = ctypes.create_string_buffer(struct.pack("Ii", 8, 1) + struct.pack("Ii", 2, 0) + bytes(120))
    return reaches(304, os.open("/usr", os.O_RDONLY), handle, 0)


@attempt(22)
def block_device() -> bool:
    return any_opens(["/dev/vda", "/dev/sda", "/dev/nvme0n1", "/dev/xvda", "/dev/mmcblk0"], os.O_RDONLY)


@attempt(23)
def make_a_device() -> bool:
    path = f"/tmp/node-{os.getpid()}"
    os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    try:
        return opens(path)
    finally:
        os.unlink(path)


@attempt(24)
def virtual_machines() -> bool:
    return opens("/dev/kvm", os.O_RDWR)


@attempt(25)
def kernel_memory() -> bool:
    return any_opens(["/dev/mem", "/dev/kmsg", "/proc/kcore", "/dev/port"], os.O_RDONLY)


@attempt(26)
def sysrq() -> bool:
    return opens("/proc/sysrq-trigger", os.O_WRONLY)


@attempt(27)
def core_pattern() -> bool:
    return opens("/proc/sys/kernel/core_pattern", os.O_WRONLY)


@attempt(28)
def kernel_settings_in_sys() -> bool:
    return any_opens(
        ["/sys/kernel/uevent_helper", "/sys/power/state", "/sys/kernel/profiling", "/sys/kernel/mm/ksm/run"], os.O_WRONLY
    )


@attempt(29)
def own_limits() -> bool:
    names = ("memory.max", "memory.limit_in_bytes", "cgroup.procs")
    return any_opens(
        [path for name in names for path in glob.glob(f"/sys/fs/cgroup/**/{name}", recursive=True)][:50], os.O_WRONLY
    )


@attempt(30)
def sees_the_decoy() -> bool:
    return any(
        D["mark"].encode() in Path(path).read_bytes()
        for path in glob.glob("/proc/[0-9]*/cmdline")
        if str(os.getpid()) not in path
    )


@attempt(31)
def signals_the_decoy() -> bool:
    os.kill(D["pid"], 0)
    return D["mark"].encode() in Path(f"/proc/{D['pid']}/cmdline").read_bytes()


@attempt(32)
def signals_everyone() -> bool:
    return forked(lambda: os.kill(-1, 0) is None and os.path.exists(f"/proc/{D['pid']}") and sees_the_decoy())


@attempt(33)
def trace_me() -> bool:
    return forked(lambda: call(101, 0, 0, 0, 0) == 0)


@attempt(34)
def read_memory_of_another() -> bool:
    return reaches(310, os.getppid(), 0, 0, 0, 0, 0)


@attempt(35)
def memory_of_process_1() -> bool:
    return opens(f"/proc/{D['first']}/mem", os.O_RDWR)


@attempt(36)
def environment_of_others() -> bool:
    for path in glob.glob("/proc/[0-9]*/environ"):
        try:
            if D["token"].encode() in Path(path).read_bytes():
                return True
        except OSError:
            continue
    return False


@attempt(37)
def inherited_descriptors() -> bool:
    return any(number > 2 for number in BORN_WITH)


def on_terminal(request: int, argument: bytes) -> bool:
    """An ioctl on a controlling terminal of our own: what a program in an interactive session has."""

    def type_in() -> bool:
        ours, theirs = os.openpty()
        os.setsid()
        fcntl.ioctl(theirs, 0x540E, 0)
        fcntl.ioctl(theirs, request, argument)
        return ours >= 0  # held open to here: closing it would hang up on this very process

    return forked(type_in)


@attempt(38)
def push_input_into_a_terminal() -> bool:
    return on_terminal(0x5412, b"x")


@attempt(39)
def console_selection() -> bool:
    return on_terminal(0x541C, b"\x02" + bytes(16))


@attempt(40)
def bpf() -> bool:
    return reaches(321, 0, ctypes.create_string_buffer(64), 64)


@attempt(41)
def io_uring() -> bool:
    return call(425, 4, ctypes.create_string_buffer(120)) >= 0


@attempt(42)
def perf_events() -> bool:
    return reaches(298, ctypes.create_string_buffer(struct.pack("IIQ", 1, 112, 0) + bytes(96)), 0, -1, -1, 0)


@attempt(43)
def userfaultfd() -> bool:
    return call(323, 1) >= 0


@attempt(44)
def kernel_keys() -> bool:
    return reaches(250, 0, -3, 0, 0, 0)


@attempt(45)
def kernel_modules() -> bool:
    return reaches(313, -1, b"", 0)


@attempt(46)
def sniff_packets() -> bool:
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0x0300).close()
    return True


@attempt(47)
def socket_to_the_hypervisor() -> bool:
    socket.socket(40, socket.SOCK_STREAM).close()
    return True


@attempt(48)
def kernel_crypto() -> bool:
    socket.socket(38, socket.SOCK_SEQPACKET).close()
    return True


@attempt(49)
def raw_packets() -> bool:
    socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).close()
    return True


@attempt(50)
def change_routes() -> bool:
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as line:
        line.send(struct.pack("IHHII", 28, 25, 5, 1, 0) + struct.pack("BBBBBBBBI", 2, 32, 0, 0, 254, 3, 0, 1, 0))
        (error,) = struct.unpack("i", line.recv(4096)[16:20])
    return error != -EPERM


def connects(host: str, port: int) -> bool:
    socket.create_connection((host, port), 0.5).close()
    return True


@attempt(51)
def loopback_of_the_host() -> bool:
    return connects("127.0.0.1", D["port"])


@attempt(52)
def forbidden_ports() -> bool:
    for port in (22, 25, 445, 3389):
        try:
            return connects("192.0.2.1", port)
        except OSError as error:
            if error.errno not in (EPERM, ENETUNREACH):
                return True  # the packet left
    return False


@attempt(53)
def datagrams() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        return line.sendto(b"x" * 20, ("192.0.2.1", 53)) == 20


@attempt(54)
def cloud_metadata() -> bool:
    try:
        return connects("169.254.169.254", 80)
    except OSError as error:
        return error.errno not in (EPERM, ENETUNREACH)


@attempt(55)
def abstract_socket_of_the_host() -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect("\0" + D["abstract"])
    return True


@attempt(56)
def socket_file_of_the_host() -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(D["socket"])
    return True


@attempt(57)
def shared_memory_of_the_host() -> bool:
    return LIBC.shmget(D["shm"], 16, 0) >= 0


@attempt(58)
def gain_from_setuid() -> bool:
    status = Path("/proc/self/status").read_text()
    return "NoNewPrivs:\t0" in status and any(
        os.stat(path).st_mode & stat.S_ISUID for path in ("/usr/bin/su", "/bin/su") if os.path.exists(path)
    )


@attempt(59)
def capabilities() -> bool:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapEff"))
    return int(line.split()[1], 16) != 0


@attempt(60)
def no_filter() -> bool:
    status = Path("/proc/self/status").read_text()
    return "NoNewPrivs:\t1" not in status or "Seccomp:\t2" not in status


@attempt(61)
def is_root_on_the_host() -> bool:
    inside, outside, _ = Path("/proc/self/uid_map").read_text().split()[:3]
    return os.getuid() == 0 and inside == outside


@attempt(62)
def kernel_tells_tales() -> bool:
    if Path("/proc/kallsyms").exists() and not Path("/proc/kallsyms").read_text()[:16].startswith("0" * 16):
        return True
    return any_opens(["/proc/keys", "/proc/timer_list", "/proc/modules"], os.O_RDONLY)


@attempt(63)
def host_name() -> bool:
    return call(170, b"taken", 5) == 0


@attempt(64)
def other_system_call_table() -> bool:
    return call(0x40000000 + 39) > 0


@attempt(65)
def clock() -> bool:
    return call(164, 0, 0) == 0


@attempt(66)
def core_dump() -> bool:
    resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    return resource.getrlimit(resource.RLIMIT_CORE)[0] > 0


@attempt(67)
def overwrite_the_runtime() -> bool:
    path = os.readlink("/proc/self/exe")
    return os.access(path, os.W_OK) or os.access(os.path.dirname(path), os.W_OK)


@attempt(70)
def fork_bomb() -> bool:
    children: list[int] = []
    try:
        for _ in range(D["forks"]):
            child = os.fork()
            if child == 0:
                signal.pause()
            children.append(child)
        return True
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


@attempt(71)
def memory_bomb() -> bool:
    return forked(lambda: len([bytes(1 << 20) for _ in range(D["bomb"])]) > 0)


def fills(path: str) -> bool:
    try:
        with open(path, "wb") as file:
            for _ in range(D["fill"]):
                file.write(bytes(1 << 20))
        return True
    finally:
        os.unlink(path)


@attempt(72)
def fill_the_workspace() -> bool:
    return fills(f"{D['workspace']}/fill")


@attempt(73)
def fill_tmp() -> bool:
    return sum(1 for _ in range(D["fill"]) if write_some("/tmp")) == D["fill"]


@attempt(74)
def fill_shared_memory() -> bool:
    return sum(1 for _ in range(D["fill"]) if write_some("/dev/shm")) == D["fill"]


def write_some(folder: str) -> bool:
    """One more megabyte in a file of its own, so that no limit on a file's size is what stops it."""
    path = f"{folder}/piece-{os.getpid()}-{time.monotonic_ns()}"
    PIECES.append(path)
    try:
        Path(path).write_bytes(bytes(1 << 20))
    except OSError:
        return False
    return True


PIECES: list[str] = []


@attempt(75)
def daemon_survives() -> bool:
    """Starts a process that leaves session, group and parent behind; the test outside looks whether it lives on."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv(
                sys.executable, [sys.executable, "-c", "import time; time.sleep(60)  # its life, if nobody ends it", D["daemon"]]
            )
        os._exit(0)
    os.wait()
    return False


def main() -> None:
    for number in sorted(ATTEMPTS):
        try:
            won, detail = bool(ATTEMPTS[number]()), ""
        except Exception as error:
            won, detail = False, f"{type(error).__name__}: {error}"
        for path in PIECES:
            if os.path.exists(path):
                os.unlink(path)
        PIECES.clear()
        print(json.dumps([number, won, detail]), flush=True)


if __name__ == "__main__":
    main()
