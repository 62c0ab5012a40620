using Iop.Agreements.Domain.Attachments;
using Microsoft.AspNetCore.Http.Metadata;

namespace Iop.Agreements.Attachments;

/// <summary>An operation whose body is a file: a little more than a file may hold, so that the refusal can say which limit it
/// is.</summary>
internal sealed class UploadLimit : IRequestSizeLimitMetadata
{
    public const long BytesMax = StoredFile.BytesMax + (64 * 1024);

    public long? MaxRequestBodySize => BytesMax;

    /// <summary>Counts what is read, whichever server is in front: what is over is never put on disk.</summary>
    public static Task Keep(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<UploadLimit>() is not null)
            http.Request.Body = new Counted(http.Request.Body);
        return next(http);
    }

    private sealed class Counted(Stream body) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            _read += read;
            return _read <= BytesMax ? read
                : throw new BadHttpRequestException("The file is too large.", StatusCodes.Status413PayloadTooLarge);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}

/// <summary>How an operation says that its body is a file.</summary>
internal static class Uploading
{
    // Any type at all: what it is, is decided by the content.
    private static readonly string[] Types = ["*/*", .. Enum.GetValues<FileKind>().Select(kind => kind.MediaType())];

    public static RouteHandlerBuilder TakesAFile(this RouteHandlerBuilder operation) => operation
        .WithMetadata(new UploadLimit()).Accepts<Stream>("application/octet-stream", Types);
}
