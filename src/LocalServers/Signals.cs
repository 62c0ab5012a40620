using System.Runtime.InteropServices;

namespace Iop.LocalServers;

/// <summary>Signals as Linux numbers them on x64 and arm64.</summary>
public enum Signal { Interrupt = 2, Quit = 3, Kill = 9, Terminate = 15 }

public static partial class Signals
{
    public static void Send(int processId, Signal signal) => _ = Kill(processId, (int)signal);

    /// <summary>To every process of the group that the child leads, so that its own children go with it.</summary>
    public static void SendToGroup(int leaderId, Signal signal) => _ = Kill(-leaderId, (int)signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
