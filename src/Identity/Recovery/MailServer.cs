namespace Iop.Identity.Recovery;

/// <summary>Whether links reach people by mail here: the same setting by which Notifications sends them.</summary>
internal sealed class MailServer(IConfiguration configuration)
{
    public bool IsSet => configuration["Mail:Host"] is { Length: > 0 };
}
