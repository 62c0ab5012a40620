using Iop.Kernel;

namespace Iop.Notifications.Domain;

/// <summary>Every way the inbox can say no.</summary>
public static class InboxRefusals
{
    public static Refusal DemandsAnAct => new("inbox.demands-an-act");
}
