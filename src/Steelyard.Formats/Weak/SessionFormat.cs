using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Weak;

/// <summary>
/// A text in which testers of weak isolation keep histories. It tells which session did what and in which
/// order, and nothing of real time. A session is a process; the value 0 that nobody wrote is what stood there
/// at first.
/// </summary>
internal abstract class SessionFormat : HistoryFormat
{
    /// <summary>Hands on all steps.</summary>
    protected abstract void ReadSteps(LineReader lines, string name, TransactionStepsBuilder steps);

    internal sealed override HistoryRead Read(Stream stream, string name, ReadOptions options)
    {
        var steps = new TransactionStepsBuilder();
        try
        {
            ReadSteps(new(stream, name), name, steps);
            return new(steps.Build(), this, null);
        }
        catch (CutShortException cut)
        {
            var where = cut.In(name);
            return options.KeepPartial
                ? new(steps.Build(), this, where)
                : throw new UserMistakeException(where, cut);
        }
    }
}
