using Iop.Kernel;

namespace Iop.Notifications.Domain;

/// <summary>Every way the operator's page can say no to sending something again.</summary>
public static class OperatingRefusals
{
    public static Refusal LinkTooOld => new("mail.link-too-old");

    /// <summary>It would go twice.</summary>
    public static Refusal MailUnderWay => new("mail.under-way");
}
