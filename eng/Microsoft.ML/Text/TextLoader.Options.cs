namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    public class Options
    {
        /// <summary>Fields may be in double quotes and hold separators there.</summary>
        public bool AllowQuoting;

        /// <summary>Not supported by this build: true is an error.</summary>
        public bool AllowSparse;

        /// <summary>Fields beyond this count are not read.</summary>
        public int? InputSize;
        public char[] Separators = ['\t'];
        public char DecimalMarker = '.';
        public Column[] Columns;

        /// <summary>Drops white space at the end of lines.</summary>
        public bool TrimWhitespace;
        public bool HasHeader;

        /// <summary>Allows parsing on several threads; this build needs no more than the caller's.</summary>
        public bool UseThreads = true;

        /// <summary>With AllowQuoting, a quoted field may hold line breaks.</summary>
        public bool ReadMultilines;

        /// <summary>Takes the slot names from the first line of this file; the data then has no header.</summary>
        public string HeaderFile;
        public long? MaxRows;
        public char EscapeChar = '"';

        /// <summary>Reads empty Single and Double fields as NaN rather than 0.</summary>
        public bool MissingRealsAsNaNs;

        public Options()
        {
        }
    }
}
