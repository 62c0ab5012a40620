using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Microsoft.AspNetCore.Components;

namespace Iop.Web.Account;

/// <summary>The pages of links that end in an authenticator app. They come back with the secret that was photographed, as often
/// as it takes, and without a form when the link is spent.</summary>
internal sealed class OfferedSecrets(GatewayCalls gateway)
{
    public async Task<IResult> Page<TPage>(string? token, Filled? form, Problem? no, CancellationToken cancel)
        where TPage : IComponent
    {
        var path = $"/identity/v1/one-time-links/{Uri.EscapeDataString(token is { Length: > 0 } ? token : "-")}";
        var offer = form?.Text("offer") is { } seen ? "?offer=" + Uri.EscapeDataString(seen) : "";
        var offered = await gateway.Get<Offered>(path + offer, cancel);
        var problem = no ?? offered.Problem;
        // That a link is spent is what its page says; only where something was sent is it a failure.
        var status = no is null && offered.Problem is { Status: StatusCodes.Status409Conflict }
            ? StatusCodes.Status200OK : problem?.Status ?? StatusCodes.Status200OK;
        return Frame.Page.Of<TPage>(new
        {
            Token = token ?? "", Offered = offered.Value, Problem = problem, Form = no is null ? form : form?.With(no),
        }, status);
    }
}

/// <param name="Email">What the app is to call the account; unknown for the first operator.</param>
/// <param name="TotpSecret">For the app.</param>
/// <param name="Offer">The same, closed.</param>
public sealed record Offered(string? Email, string TotpSecret, string Offer);
