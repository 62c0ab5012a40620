using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

public enum EndpointProperty { Url, Host, Port, Scheme }

/// <summary>An endpoint of a resource, by name.</summary>
public sealed class EndpointReference : IValueProvider
{
    private readonly Resource owner;
    private readonly string name;

    internal EndpointReference(Resource owner, string name) => (this.owner, this.name) = (owner, name);

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public string GetValue() => Endpoint.Url;

    internal Endpoint Endpoint => owner.EndpointNamed(name);
}

public sealed class EndpointReferenceExpression(EndpointReference endpoint, EndpointProperty property) : IValueProvider
{
    public string GetValue() => property switch
    {
        EndpointProperty.Url => endpoint.Endpoint.Url,
        EndpointProperty.Host => Endpoint.Host,
        EndpointProperty.Port => endpoint.Endpoint.Port.ToString(CultureInfo.InvariantCulture),
        EndpointProperty.Scheme => endpoint.Endpoint.Scheme,
        _ => throw new InvalidOperationException($"No such property: {property}"),
    };
}

/// <summary>Text with holes that are filled when the resource starts.</summary>
public sealed class ReferenceExpression
{
    private readonly List<Func<string>> parts;

    private ReferenceExpression(List<Func<string>> parts) => this.parts = parts;

    internal string GetValue()
    {
        var text = new StringBuilder();
        foreach (var part in parts) text.Append(part());
        return text.ToString();
    }

    [InterpolatedStringHandler]
    public readonly struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly List<Func<string>> parts = new(literalLength == 0 ? formattedCount : formattedCount * 2 + 1);

        public void AppendLiteral(string value) => parts.Add(() => value);

        public void AppendFormatted(string? value) => parts.Add(() => value ?? "");

        public void AppendFormatted<T>(T value)
            where T : IValueProvider
            => parts.Add(() => value.GetValue());

        public void AppendFormatted<T>(IResourceBuilder<T> value)
            where T : IResource, IValueProvider
            => parts.Add(() => value.Resource.GetValue());

        internal ReferenceExpression Expression => new(parts);
    }
}
