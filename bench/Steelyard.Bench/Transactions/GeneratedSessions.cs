using System.Globalization;
using System.Text;

namespace Steelyard.Bench.Transactions;

/// <summary>Serial histories of transactions over registers, as Plume's text: half of the steps are reads, a
/// transaction has ten steps in the mean.</summary>
internal static class GeneratedSessions
{
    const int MeanSteps = 10;

    /// <summary>The bytes of such a history; a first transaction writes 0 to every key.</summary>
    public static byte[] Plume(int operations, int keys, int sessions)
    {
        var random = new Random(1);
        var (values, text) = (new int[keys], new StringBuilder());
        for (var key = 0; key < keys; key++)
            text.Append(CultureInfo.InvariantCulture, $"w({key},0,{sessions},0)\n");
        for (var (done, transaction, value) = (0, 1, 1); done < operations; transaction++)
        {
            var session = random.Next(sessions);
            for (var left = 1 + random.Next((2 * MeanSteps) - 1); left > 0; left--, done++)
            {
                var key = random.Next(keys);
                var isRead = random.Next(2) == 0;
                if (!isRead)
                    values[key] = value++;
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{(isRead ? 'r' : 'w')}({key},{values[key]},{session},{transaction})\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
