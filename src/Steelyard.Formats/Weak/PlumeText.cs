using System.Runtime.CompilerServices;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Weak;

/// <summary>
/// Plume's text (Liu et al. 2024), which AWDIT and others read too: <c>r(key,value,session,transaction)</c>
/// and <c>w(…)</c>, one step a line. The order of lines is the order within transactions and sessions.
/// The transaction -1 is no transaction: AWDIT writes so what was aborted. Nobody may read what it wrote, and
/// what it read tells nothing.
/// </summary>
internal sealed class PlumeText(LineReader lines, string name, TransactionStepsBuilder steps)
{
    const long Aborted = -1;

    // Some recorders number transactions session by session, so only both together name one.
    readonly VersionNumbers _numbers = new();
    readonly Column<int> _transactions = new();
    (int Session, long Transaction) _last = (-1, -1);
    int _current;

    /// <summary>Reads to the end.</summary>
    public void ReadAll()
    {
        while (lines.TryRead(out var line))
            if (!line.IsEmpty)
                AddStep(line);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddStep(ReadOnlySpan<byte> line)
    {
        Span<long> numbers = stackalloc long[4];
        var isStep = line[0] is (byte)'r' or (byte)'w'
            && (SessionText.TryPlain(line, "(,,,)"u8, numbers) || TryNumbers(line[1..], numbers));
        if (!isStep)
            throw SessionText.Mistake(
                lines, name, "\"r(key,value,session,transaction)\" or \"w(…)\" with whole numbers", line);
        var (key, value, session, transaction) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        if (session is < 0 or > int.MaxValue)
            throw new UserMistakeException(
                $"{name} line {lines.Line}: expected a session between 0 and {int.MaxValue}, found"
                + $" {session}");
        if (transaction != Aborted)
            steps.Add(TransactionOf((int)session, transaction), line[0] == 'w', key, value);
        else if (line[0] == 'w')
            steps.Add(steps.BeginAborted((int)session), isWrite: true, key, value);
    }

    static bool TryNumbers(ReadOnlySpan<byte> rest, Span<long> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
            if (!Take(ref rest, i == 0 ? '(' : ',') || !SessionText.TakeNumber(ref rest, out numbers[i]))
                return false;
        return Take(ref rest, ')') && rest.IsEmpty;
    }

    int TransactionOf(int session, long transaction)
    {
        if (_last == (session, transaction))
            return _current;
        _last = (session, transaction);
        var number = _numbers.Number(session, transaction);
        if (number == _transactions.Count)
            _transactions.Add(steps.Begin(session));
        return _current = _transactions[number];
    }

    static bool Take(ref ReadOnlySpan<byte> line, char wanted)
    {
        if (line.IsEmpty || line[0] != wanted)
            return false;
        line = line[1..];
        while (!line.IsEmpty && line[0] == ' ')
            line = line[1..];
        return true;
    }
}
