using System.Runtime.CompilerServices;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Weak;

/// <summary>
/// AWDIT's text (Møldrup and Pavlogiannis 2025): <c>r key value</c> and <c>w key value</c>, a line of
/// hyphens between transactions, a line of equals signs between sessions.
/// </summary>
internal sealed class AwditText(LineReader lines, string name, TransactionStepsBuilder steps)
{
    int _session;
    int _transaction = -1;

    /// <summary>Reads to the end. Transactions without steps are passed over: they tell nothing.</summary>
    public void ReadAll()
    {
        while (lines.TryRead(out var line))
        {
            if (line.IsEmpty)
                continue;
            switch (line[0])
            {
                case (byte)'r' or (byte)'w':
                    AddStep(line);
                    break;
                case (byte)'-' or (byte)'=' when IsSeparator(line):
                    _transaction = -1;
                    _session += line[0] == '=' ? 1 : 0;
                    break;
                default:
                    throw Mistake(line);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddStep(ReadOnlySpan<byte> line)
    {
        Span<long> numbers = stackalloc long[2];
        if (!SessionText.TryPlain(line, "  "u8, numbers) && !TryNumbers(line[1..], numbers))
            throw Mistake(line);
        if (_transaction < 0)
            _transaction = steps.Begin(_session);
        steps.Add(_transaction, line[0] == 'w', numbers[0], numbers[1]);
    }

    static bool TryNumbers(ReadOnlySpan<byte> rest, Span<long> numbers)
    {
        foreach (ref var number in numbers)
            if (!TakeBlank(ref rest) || !SessionText.TakeNumber(ref rest, out number))
                return false;
        return rest.IsEmpty;
    }

    Exception Mistake(ReadOnlySpan<byte> line) => SessionText.Mistake(
        lines, name, "\"r key value\", \"w key value\" with whole numbers, \"-----\" or \"=====\"", line);

    static bool TakeBlank(ref ReadOnlySpan<byte> line)
    {
        var length = line.Length;
        while (!line.IsEmpty && line[0] is (byte)' ' or (byte)'\t')
            line = line[1..];
        return line.Length < length;
    }

    static bool IsSeparator(ReadOnlySpan<byte> line) =>
        line.IndexOfAnyExcept(line[0]) < 0;
}
