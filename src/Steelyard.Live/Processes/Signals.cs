using System.Runtime.InteropServices;

namespace Steelyard.Live.Processes;

/// <summary>Signals to processes of this machine.</summary>
internal static partial class Signals
{
    /// <summary>SIGKILL: it ends at once, whatever it does.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM: it is asked to end.</summary>
    public const int Terminate = 15;

    /// <summary>SIGINT: it is asked to end soon.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGSTOP: it stands still.</summary>
    public const int Stop = 19;

    /// <summary>SIGCONT: it goes on.</summary>
    public const int Continue = 18;

    /// <summary>Sends a signal; one to a process that is gone reaches nobody.</summary>
    /// <returns>Whether there was somebody.</returns>
    public static bool Send(int process, int signal) => SendSignal(process, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
