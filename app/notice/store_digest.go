package notice

type digestRow struct {
	PersonID string `gorm:"column:person_id"`
	Day      string `gorm:"column:day"`
}

func (digestRow) TableName() string { return "notice_digest" }
