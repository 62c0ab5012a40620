using System.Net;

namespace Iop.Web.Gateway;

/// <summary>What the gateway answered: the thing and its tag, or why not.</summary>
public sealed record Answer<T>(HttpStatusCode Status, T? Value, string? Tag, Problem? Problem)
{
    public bool Ok => Problem is null;

    /// <summary>More pages follow.</summary>
    public bool More { get; init; }

    /// <summary>Where the new thing is.</summary>
    public string? Location { get; init; }

    /// <summary>Cookies that are for the browser: the session.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];
}

/// <summary>Problem details (RFC 9457) as the services write them.</summary>
public sealed record Problem(int Status, string? Code, string Title, string? Detail, IReadOnlyList<WrongField> Errors)
{
    public bool IsStale => Status == StatusCodes.Status412PreconditionFailed;

    public bool IsSignedOut => Status == StatusCodes.Status401Unauthorized;

    /// <summary>The thing that is there already, where that is why not.</summary>
    public Guid? ExistingId { get; init; }

    public bool IsMissing => Status == StatusCodes.Status404NotFound;
}

/// <summary>One field that is wrong, and why.</summary>
public sealed record WrongField(string Field, string? Code, string Message);
