namespace Iop.Web.Gateway;

/// <summary>One page of a list.</summary>
public sealed record Listing<T>(IReadOnlyList<T> Items, long? Total = null);
