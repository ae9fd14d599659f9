using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Steelyard.Services.Networking;

/// <summary>What arrives at a connection, and a word about how much of it was read: that makes room for
/// more.</summary>
internal sealed class WindowReader(PipeReader arrived, Action<long> read) : PipeReader
{
    ReadOnlySequence<byte> _shown;

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = arrived.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully ? new(Shown(reading.Result)) : Wait(reading);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        if (!arrived.TryRead(out result))
            return false;
        Shown(result);
        return true;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var count = _shown.IsEmpty ? 0 : _shown.Slice(_shown.Start, consumed).Length;
        _shown = default;
        arrived.AdvanceTo(consumed, examined);
        if (count > 0)
            read(count);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => arrived.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => arrived.Complete(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<ReadResult> Wait(ValueTask<ReadResult> reading) =>
        Shown(await reading.ConfigureAwait(false));

    ReadResult Shown(ReadResult result)
    {
        _shown = result.Buffer;
        return result;
    }
}
